import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { FileStep } from '@/lib/agent'
import { masked } from '@/lib/changes/mask'
import { differences, withChange } from './compare'

const secret = 'only-for-tests-0123456789'
const bytesOf = (password: string) => Buffer.from(`Password = "${password}"\n`, 'utf8').toString('latin1')
const step: FileStep = {
  ...{ kind: 'file', id: 'f', title: 'F', timeoutS: 1, path: '/etc/a', before: null, undo: { copy: true } },
  after: { bytes: bytesOf(masked), mode: '0640', owner: 'root', group: 'bacula' },
}
const sum = createHash('sha256').update(bytesOf(secret), 'latin1').digest('hex')
const onHost = new Map([['file /etc/a', `${sum} 640 root bacula `]])

it('expects the secret of its wish where the plan that it sees is masked', () => {
  expect(differences(withChange(new Map(), { steps: [step], makes: [], secret }), onHost)).toEqual([])
  expect(differences(withChange(new Map(), { steps: [step], makes: [], secret: 'another' }), onHost)).toHaveLength(1)
  expect(differences(withChange(new Map(), { steps: [step], makes: [] }), onHost)).toHaveLength(1)
})

it('expects what commands leave that no file shows', () => {
  const watched = { steps: [], makes: [], tells: { script: '', applied: { 'account a': 'is there' } } }
  expect(differences(withChange(new Map(), watched), new Map([['account a', 'is there']]))).toEqual([])
  expect(differences(withChange(new Map(), watched), new Map())).toHaveLength(1)
})
