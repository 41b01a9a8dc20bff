import { expect, it } from 'vitest'
import { defineProbe } from '@/lib/agent'
import { withTestStore } from '@/lib/db/test-store'
import { askProbe } from './read-agent-facts'

withTestStore()

const probe = defineProbe({
  id: 'words',
  timeoutS: 5,
  readings: { words: { kind: 'command', argv: ['uname'], timeoutS: 5, maxBytes: 100 } },
  parse: () => ({ state: 'read' as const, value: 'words' }),
})
const someone = (role: 'viewer' | 'operator') => ({
  actor: { kind: 'user' as const, id: 'u', name: 'Somebody', role },
  requestId: 'test',
})

it('asks nothing for a viewer', async () => {
  await expect(askProbe(someone('viewer'), 'h', probe)).rejects.toMatchObject({ code: 'forbidden' })
})

it('says in words why a host told nothing', async () => {
  expect(await askProbe(someone('operator'), 'nowhere', probe)).toEqual({ found: null, problem: expect.any(String) })
})
