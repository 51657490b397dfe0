/** What this app uses of `pg`. */
declare module 'pg' {
  import type { PostgresPool } from '@surveyseal/stores/postgres'

  export class Pool implements PostgresPool {
    constructor(options: { connectionString: string; options?: string })
    connect: PostgresPool['connect']
    on(event: 'error', listener: () => void): this
    end(): Promise<void>
  }
}
