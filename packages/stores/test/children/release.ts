// Says that it is ready, then adds answers one after another and lets them out whenever there are ten, and says what was
// acknowledged: "add N", "release".
import { setTimeout } from 'node:timers/promises'
import { answerBuffer } from '../../src/answer-buffer.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, name] = readArguments<[Target, string]>()
const sql = await openTarget(target)
const buffer = answerBuffer(sql, { tenant: 'acme' })
acknowledge('ready')

for (let number = 0; ; number++) {
  await sql.transaction((tx) => buffer.add(tx, { pool: 'nps', answer: `${name}-${number}` }))
  acknowledge(`add ${name}-${number}`)
  const { released } = await buffer.release({
    pool: 'nps',
    atLeast: 10,
    accept: async (tx, answers) => {
      for (const answer of answers) await tx.query('INSERT INTO answers (body) VALUES ($1)', [answer])
      await tx.query('INSERT INTO batches (size) VALUES ($1)', [answers.length])
    },
  })
  if (released > 0) acknowledge('release')
  await setTimeout(1)
}
