/** Debian's place; the agent writes only where the director's configuration is this file. */
export const dirConf = '/etc/bacula/bacula-dir.conf'
export const consoleConf = '/etc/bacula/bconsole.conf'
/** The console that Pollux makes for itself. */
export const polluxConf = '/etc/bacula/bconsole-pollux.conf'
/** Its name in both files. */
export const polluxConsole = 'pollux'
