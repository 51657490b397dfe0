import fc from 'fast-check'

// One seed for the whole run: printed on failure by fast-check, given back through FC_SEED to repeat it.
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
fc.configureGlobal({ seed, numRuns: Number(process.env['FC_RUNS'] ?? 100) })
