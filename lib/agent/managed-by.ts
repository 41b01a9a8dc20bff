const marks: readonly (readonly [RegExp, string])[] = [
  [/ansible/i, 'Ansible'],
  [/puppet/i, 'Puppet'],
  [/\bchef\b/i, 'Chef'],
  [/salt(stack)?\b/i, 'Salt'],
  // In /etc/hosts cloud-init names its own setting, and itself nowhere.
  [/cloud-init|manage_etc_hosts/i, 'cloud-init'],
  [/debconf/i, 'debconf'],
  [/cfengine/i, 'CFEngine'],
]

/** Who else writes this file, if a comment of its says so; null otherwise. */
export function managerOf(bytes: string): string | null {
  const comments = bytes
    .split('\n')
    .filter((line) => /^\s*#/.test(line) && /manag|generat|written by|do not edit/i.test(line))
  return marks.find(([pattern]) => comments.some((line) => pattern.test(line)))?.[1] ?? null
}
