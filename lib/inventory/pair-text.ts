/** "active on fir, standby on rowan" */
export function pairText(active: string, standby: string): string {
  return `active on ${active}, standby on ${standby}`
}
