import { expect, it } from 'vitest'
import { MESH_MEMBERS } from '@/e2e/lab/hosts'
import { hostsForTests } from '@/e2e/lab/lab'
import { runMatrix } from './matrix'
import { shortForm } from './short-form'

const names = hostsForTests().map((host) => host.name)

it.skipIf(!MESH_MEMBERS.every((name) => names.includes(name)))(
  'the fault matrix has no red cell in its short form of a mesh',
  async () => {
    const picks = shortForm(names, 'mesh')
    const { results } = await runMatrix({ picks, undoDisabled: false }, (line) => console.log(line))
    expect(results.filter(({ wrong }) => wrong.length > 0).map(({ wrong }) => wrong)).toEqual([])
    expect(results).toHaveLength(picks.length)
  },
  2_400_000,
)
