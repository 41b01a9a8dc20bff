import pino, { type DestinationStream, type Logger } from 'pino'
import { single } from '@/lib/config/single'
import { describeError } from './describe-error'
import { hideSecrets, redactKeys } from './redact'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

/** A log of one JSON object a line, with every secret hidden that it knows by its name or by its value. */
export function openLog(destination: DestinationStream, level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactKeys(fields) as Record<string, unknown>,
      },
      serializers: { err: describeError },
      hooks: { streamWrite: hideSecrets },
    },
    destination,
  )
}

// Written at once, not in batches: the last lines before an end are those one looks for.
function processLog(): Logger {
  return single('log', () =>
    openLog(
      pino.destination({ dest: 2, sync: true }),
      process.env.POLLUX_LOG || (process.env.VITEST ? 'silent' : 'info'),
    ),
  )
}

/** The process's log, on standard error: `log.info({host, ms}, 'read facts')`. The level is POLLUX_LOG, else info. */
export const log: Log = {
  debug: (...args: Parameters<Log['debug']>) => processLog().debug(...args),
  info: (...args: Parameters<Log['info']>) => processLog().info(...args),
  warn: (...args: Parameters<Log['warn']>) => processLog().warn(...args),
  error: (...args: Parameters<Log['error']>) => processLog().error(...args),
  fatal: (...args: Parameters<Log['fatal']>) => processLog().fatal(...args),
}
