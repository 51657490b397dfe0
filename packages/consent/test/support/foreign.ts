import type { ConsentRecord, ConsentStatus, RecordEvent, RecordProcess } from '@surveyseal/consent/export'

export const PERSON = 'customer 4711'
export const OLDER = '2019-05-01T10:00:00Z'

/** Something the person is said to have decided. */
export const said = (state: ConsentStatus, more: Partial<RecordEvent> = {}): RecordEvent => ({
  state,
  at: OLDER,
  validity: { types: ['dpv:UntilEventDuration'], value: 'withdrawal of consent' },
  by: [PERSON],
  ...more,
})

/** A record with one process for each list of events. */
export const recordOf = (...processes: (readonly RecordEvent[])[]): { records: readonly ConsentRecord[] } => ({
  records: [
    {
      profile: 'record',
      id: 'r-1',
      principal: { id: PERSON, iri: '_:person' },
      languages: ['en'],
      notices: [],
      parties: [],
      processes: processes.map((events) => ({ events }) as unknown as RecordProcess),
    },
  ],
})
