export interface MountLine {
  source: string
  at: string
  type: string
  options: readonly string[]
}

/** Undoes the kernel's octal escapes in /proc/mounts and /proc/swaps (\040 space, \012 newline; proc(5)). */
export function unescapeOctal(text: string): string {
  return text.replace(/\\([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** The lines of /proc/mounts, in the kernel's order; a line that is cut is left out. */
export function parseMounts(text: string): MountLine[] {
  return text.split('\n').flatMap((line) => {
    const [source, at, type, options] = line.split(' ')
    if (source === undefined || at === undefined || type === undefined || options === undefined) return []
    return [{ source: unescapeOctal(source), at: unescapeOctal(at), type, options: options.split(',') }]
  })
}

/** The devices of /proc/swaps, as the kernel names them. */
export function parseSwaps(text: string): string[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [source, type] = line.split(/\s+/)
      return source && type === 'partition' ? [unescapeOctal(source)] : []
    })
}

/** Whether the last mount on /sys is read-only, as in a container; then no knob can be written. */
export function isSysReadOnly(mounts: readonly MountLine[]): boolean {
  const last = mounts.findLast((mount) => mount.at === '/sys')
  return last?.options.includes('ro') ?? false
}
