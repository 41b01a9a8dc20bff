/** What systemd says of one unit. */
export interface UnitState {
  /** "strongswan.service"; the unit's own name, also where another one was asked. */
  id: string
  isActive: boolean
  /** "enabled", "disabled", "static", "generated" (of an init script), … */
  fileState: string
  execStart: string
}

/** What `systemctl show` is asked of each unit. */
export const UNIT_PROPERTIES = 'Id,LoadState,ActiveState,UnitFileState,ExecStart'

/** `systemctl show` of several units: blocks with an empty line between. Those that are not there are left out. */
export function parseUnits(text: string): UnitState[] {
  const units = text.split(/\n{2,}/).flatMap((block): UnitState[] => {
    const of = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1] ?? ''
    if (of('Id') === '' || of('LoadState') === 'not-found') return []
    return [
      {
        id: of('Id'),
        isActive: of('ActiveState') === 'active',
        fileState: of('UnitFileState'),
        execStart: of('ExecStart'),
      },
    ]
  })
  return [...new Map(units.map((unit) => [unit.id, unit])).values()]
}
