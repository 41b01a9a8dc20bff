import { consoleFile, consoleResource } from './console-resource'
import { dirConf, polluxConf } from './paths'

/** What an admin may put in by hand instead of a change; the password is his to choose. */
export function consoleToPaste(): { path: string; text: string }[] {
  const password = 'CHOOSE-A-LONG-ONE'
  return [
    { path: dirConf, text: consoleResource(password) },
    { path: polluxConf, text: consoleFile({ name: 'YOUR-DIRECTOR', port: '9101', address: '127.0.0.1' }, password) },
  ]
}
