import { fileURLToPath } from 'node:url'

export default {
  distDir: 'dist',
  poweredByHeader: false,
  // The survey and the packages lie above this folder.
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
}
