const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/**
 * What a User-Agent most likely stands for: "Firefox on Linux". The order matters: most browsers also carry the
 * names of those before them (RFC 9110, 10.1.5 knows no better). Anything else stays as it was sent, cut short.
 */
export function browserName(userAgent: string): string {
  const browser = browsers.find(([part]) => userAgent.includes(part))?.[1]
  const system = systems.find(([part]) => userAgent.includes(part))?.[1]
  if (browser) return system ? `${browser} on ${system}` : browser
  return userAgent.slice(0, 60) || 'A program that gave no name'
}
