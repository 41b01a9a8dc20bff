import { deviceName, type Identity } from './facts'

/** Files below /sys/block/NAME that hold a serial number or a world-wide name. */
export const serialFiles = ['wwid', 'device/wwid', 'serial', 'device/serial'] as const

// Dots and brackets are path separators to form libraries, and the rest must be inert in a shell comment.
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[.!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The device's key in the form and in what is written on the host: letters, digits, `_ ~ - % : @` only. */
export function identityKey(identity: Identity): string {
  const also = identity.also === null ? '' : `@${encode(identity.also)}`
  return `${identity.kind}:${encode(identity.value)}${also}`
}

/** Reads a key back; null for text that is no key. */
export function parseIdentityKey(key: string): Identity | null {
  const match = /^(serial|serial-path|path|attr|name):([\w~%-]+)(?:@([\w~%-]+))?$/.exec(key)
  const kind = (['serial', 'serial-path', 'path', 'attr', 'name'] as const).find((known) => known === match?.[1])
  if (!match || !kind) return null
  try {
    const also = match[3] === undefined ? null : decodeURIComponent(match[3])
    const identity = { kind, value: decodeURIComponent(match[2] ?? ''), also }
    return isSound(identity) ? identity : null
  } catch {
    return null
  }
}

// Keys come back from a form and from files on the host, and end in paths and scripts.
function isSound({ kind, value, also }: Identity): boolean {
  if (kind === 'name') return also === null && deviceName.safeParse(value).success
  if (kind === 'attr') return serialFiles.some((file) => file === also) && isSerialText(value)
  return (also !== null) === (kind === 'serial-path')
}

/** Whether a text of sysfs can serve to recognise a device: printable, and long enough to be more than "0". */
export function isSerialText(text: string): boolean {
  return /^[\x20-\x7e]{4,200}$/.test(text)
}

/**
 * A udev pattern that matches this value (udev(7): shell globs, `|` between alternatives). Whatever udev or its
 * parser could take for more than itself becomes `?`, one that is not ASCII `*`, since udev counts bytes.
 */
export function udevPattern(value: string): string {
  return Array.from(value, (char) => {
    if (/[A-Za-z0-9_.:+=@/-]/.test(char)) return char
    return char.charCodeAt(0) < 0x80 ? '?' : '*'
  }).join('')
}

/** The part of a udev rule that picks this device: `ENV{ID_SERIAL}=="…"`. */
export function udevMatch(identity: Identity): string {
  const value = udevPattern(identity.value)
  switch (identity.kind) {
    case 'serial':
      return `ENV{ID_SERIAL}=="${value}"`
    case 'serial-path':
      return `ENV{ID_SERIAL}=="${value}", ENV{ID_PATH}=="${udevPattern(identity.also ?? '')}"`
    case 'path':
      return `ENV{ID_PATH}=="${value}"`
    case 'attr':
      return `ATTR{${identity.also ?? ''}}=="${value}"`
    case 'name':
      return `KERNEL=="${value}"`
  }
}

export interface IdentityEvidence {
  name: string
  serial: string | null
  path: string | null
  attr: { file: string; value: string } | null
}

/**
 * Chooses for each device of one host what recognises it again: the udev database's serial, with its path where the
 * serial is shared (multipath, cheap USB bridges), the path, a serial of sysfs, and only then the kernel's name.
 */
export function chooseIdentities(devices: readonly IdentityEvidence[]): Map<string, Identity> {
  const candidates = devices.map((device) => ({ name: device.name, options: identityOptions(device) }))
  const uses = new Map<string, number>()
  for (const match of candidates.flatMap(({ options }) => options.map(udevMatch))) {
    uses.set(match, (uses.get(match) ?? 0) + 1)
  }
  return new Map(
    candidates.map(({ name, options }): [string, Identity] => {
      const unique = options.find((option) => uses.get(udevMatch(option)) === 1)
      return [name, unique ?? { kind: 'name', value: name, also: null }]
    }),
  )
}

function identityOptions(device: IdentityEvidence): Identity[] {
  const options: Identity[] = []
  if (device.serial) {
    options.push({ kind: 'serial', value: device.serial, also: null })
    if (device.path) options.push({ kind: 'serial-path', value: device.serial, also: device.path })
  } else if (device.path) {
    options.push({ kind: 'path', value: device.path, also: null })
  }
  if (device.attr) options.push({ kind: 'attr', value: device.attr.value, also: device.attr.file })
  return options
}

/** In words, for the table: what the device is recognised by. */
export function identityLabel(identity: Identity): string {
  switch (identity.kind) {
    case 'serial':
      return `serial ${identity.value}`
    case 'serial-path':
      return `serial ${identity.value} at ${identity.also ?? ''}`
    case 'path':
      return `place ${identity.value}`
    case 'attr':
      return `id ${identity.value}`
    case 'name':
      return `kernel name ${identity.value}`
  }
}
