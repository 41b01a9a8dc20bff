import type { RawReading } from '@/lib/agent'

/** What "prepare" installs, as apt calls it. The standard plugins bring AES-GCM and elliptic curves; they are only recommended. */
export const PACKAGES = ['strongswan-swanctl', 'charon-systemd', 'libstrongswan-standard-plugins'] as const

/**
 * Whether a simulated installation would bring them and remove nothing. The reading is a ladder: where the daemon is
 * there, its first branch tells so and apt, which costs a second or two, is not asked.
 */
export function parseInstall(reading: RawReading): boolean | null {
  if (reading.state !== 'read' || reading.kind !== 'text' || reading.branch === 0) return null
  if (reading.exitCode !== 0) return /^E: Unable to locate package /m.test(reading.complaint ?? '') ? false : null
  return /^Inst charon-systemd /m.test(reading.text) && !/^Remv /m.test(reading.text)
}
