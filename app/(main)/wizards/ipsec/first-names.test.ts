import { expect, it } from 'vitest'
import { memberLabel, meshTag } from '@/agents/ipsec/desired'
import { firstLabel, firstTag } from './first-names'

it.each([
  ['Cloud', [], 'cloud'],
  ['Cloud of Lyon', [], 'cloudo'],
  ['Cloud', ['cloud'], 'cloud2'],
  ['Backbone', ['backbo', 'backb2'], 'backb3'],
  ['2nd floor', [], 'ndfloo'],
  ['Élysée', [], 'elysee'],
  ['東京', [], 'mesh'],
  ['', ['mesh'], 'mesh2'],
])('%j with %j has the short name %s', (name, taken, tag) => {
  expect(firstTag(name, taken)).toBe(tag)
  expect(meshTag.safeParse(tag).success).toBe(true)
})

it.each([
  ['quince', [], 'quince'],
  ['web1.example.net', [], 'web1'],
  ['web1.example.org', ['web1'], 'web12'],
  ['frontend-01', [], 'frontend'],
  ['frontend-02', ['frontend'], 'fronten2'],
  ['DB_Master', [], 'db-maste'],
  ['-.-', [], 'host'],
  ['firewall', [], 'firewal2'],
  ['a234567-x', [], 'a234567'],
  ['; rm -rf /', [], 'rm-rf'],
])('%j beside %j is labelled %s', (name, taken, label) => {
  expect(firstLabel(name, new Set(taken))).toBe(label)
  expect(memberLabel.safeParse(label).success).toBe(true)
})

it('finds a label for every one of 250 hosts of one name', () => {
  const taken = new Set<string>()
  for (let at = 0; at < 250; at += 1) taken.add(firstLabel('frontend.example.net', taken))
  expect(taken.size).toBe(250)
  for (const label of taken) expect(memberLabel.safeParse(label).success).toBe(true)
})
