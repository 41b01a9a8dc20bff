import { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { gatherWrites } from './gather-writes'

/** A stream that keeps what it was given at once. */
function recorder() {
  const sent: string[] = []
  const stream = new Duplex({
    read: () => {},
    writev: (chunks, done) => {
      sent.push(chunks.map(({ chunk }) => String(chunk)).join(''))
      done()
    },
  })
  return { stream, sent }
}

it('sends what is written in one turn together, and nothing later than the turn', async () => {
  const { stream, sent } = recorder()
  gatherWrites(stream)
  for (const piece of ['length ', 'payload ', 'tag']) stream.write(piece)
  expect(sent).toEqual([])
  await nextTurn()
  expect(sent).toEqual(['length payload tag'])
  stream.write('next')
  await nextTurn()
  expect(sent).toEqual(['length payload tag', 'next'])
})

it('loses nothing of a turn that ends the stream', async () => {
  const { stream, sent } = recorder()
  gatherWrites(stream)
  stream.write('good')
  stream.end('bye')
  await nextTurn()
  expect(sent.join('')).toBe('goodbye')
})
