const pattern = /^(\d{1,3}),(\d{1,3}),(\d{1,3})$/

/**
 * What POLLUX_GUARD_TIMES asks for, in whole seconds: "slack,margin,between logins". Null when it is not set; `npm start`
 * has refused one that is no such thing. For tests that cut the cable and wait for the host.
 */
export function guardTimesAsked(): { slackS: number; marginS: number; betweenLoginsS: number } | null {
  const match = pattern.exec(process.env['POLLUX_GUARD_TIMES'] ?? '')
  if (!match) return null
  const [slackS = 0, marginS = 0, betweenLoginsS = 0] = match.slice(1).map(Number)
  return { slackS, marginS, betweenLoginsS }
}
