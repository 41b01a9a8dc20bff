import type { Role } from '@/lib/auth/actor'

/** What each role may do, in the words of the form. */
export const roleCards: readonly { value: Role; label: string; help: string }[] = [
  { value: 'viewer', label: 'Viewer', help: 'Reads hosts, changes and their proof.' },
  {
    value: 'operator',
    label: 'Operator',
    help: 'Also reads hosts anew, plans, approves, applies and reverts changes.',
  },
  {
    value: 'admin',
    label: 'Admin',
    help: 'Also users, credentials, the hosts’ addresses and keys, settings, activity.',
  },
]

/** The role that a form sent. Its choices are no others; the server checks again. */
export function roleOf(text: string): Role {
  return roleCards.find((card) => card.value === text)?.value ?? 'viewer'
}

/** What the tags of an operator mean. */
export const hostTagsHelp =
  'An operator touches hosts with one of these tags alone; without any, all hosts. Parted by commas or blanks.'
