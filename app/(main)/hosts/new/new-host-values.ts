import type { HostKind, Privilege } from '@/lib/inventory/fields'
import { readAddress } from '@/lib/inventory/host-address'
import { credentialFields } from './credential-values'

/** The form of a new host as it is before anything was typed. */
export const emptyHost = {
  address: '',
  port: '22',
  name: '',
  kind: 'server',
  login: 'root',
  privilege: 'root',
  sudoPassword: '',
  jumpHostId: '',
  hypervisorId: '',
  tags: '',
  notes: '',
  ...credentialFields,
}

export type NewHostValues = Readonly<typeof emptyHost>

/** What is wrong with a field when it is left. */
export const hostChecks = {
  address: (typed: string) => {
    const reading = readAddress(typed)
    return reading.ok ? null : reading.problem
  },
  port: (typed: string) => {
    const isPort = /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= 65535
    return isPort ? null : `A port is a whole number from 1 to 65535; this is ${typed.slice(0, 20)}.`
  },
}

/** The form's values as the server takes them, but for the credential. */
export function hostInput(values: Omit<NewHostValues, keyof typeof credentialFields>) {
  return {
    address: values.address,
    port: values.port,
    name: values.name,
    kind: asKind(values.kind),
    login: values.login,
    privilege: asPrivilege(values.privilege),
    sudoPassword: values.sudoPassword === '' ? undefined : values.sudoPassword,
    jumpHostId: values.jumpHostId || null,
    hypervisorId: values.kind === 'vm' ? values.hypervisorId || null : null,
    tags: splitTags(values.tags),
    notes: values.notes,
    sshProfile: 'modern' as const,
  }
}

/** Splits what was typed into a tags field: at commas and blanks. */
export function splitTags(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((tag) => tag !== '')
}

export function asKind(text: string): HostKind {
  return text === 'nas' || text === 'vm' ? text : 'server'
}

export function asPrivilege(text: string): Privilege {
  return text === 'root' || text === 'sudo' ? text : 'none'
}
