export const NETWORKD_FOLDER = '/etc/systemd/network'
export const UNIT_FOLDER = '/etc/systemd/system'
/** Drop-ins of the target that starts our own units: files alone, so that nothing has to be enabled. */
export const WANTS_FOLDER = `${UNIT_FOLDER}/multi-user.target.d`

/** Every file by which a tunnel may be kept over a boot, and those that decide about one: for the reading. */
export const tunnelFileGlobs = [
  '/etc/network/interfaces',
  '/etc/network/interfaces.d/*',
  `${NETWORKD_FOLDER}/*.netdev`,
  `${NETWORKD_FOLDER}/*.network`,
  '/run/systemd/network/*.network',
  '/usr/lib/systemd/network/*.network',
  `${UNIT_FOLDER}/pollux-*.tunnel.service`,
  `${WANTS_FOLDER}/pollux-*.tunnel.conf`,
] as const
