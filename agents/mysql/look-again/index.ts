import type { LookAgain } from '@/lib/agent'
import type { MysqlDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { lookAt } from './look'
import { samplesOf, timedSamples } from './sample'

/** A tuning is looked at again once the server has counted for nearly a day. */
export const lookAgain: LookAgain<MysqlFacts, MysqlDesired> = {
  samples: samplesOf,
  subjectOf: (desired) => (desired.kind === 'tune' ? desired.server : null),
  look({ desired, samples, ...times }) {
    if (desired.kind !== 'tune') return null
    const { title, evidence, isGood, readyAt } = lookAt({ aim: desired.aim, samples: timedSamples(samples), ...times })
    return isGood === null || readyAt === null ? null : { title, evidence, isGood, readyAt }
  },
}
