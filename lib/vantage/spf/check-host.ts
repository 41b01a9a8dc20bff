import { createBudget, PermError } from './budget'
import { type Evaluation, targetOf } from './evaluation'
import { matches } from './matches'
import { isSpf, parseRecord, type Qualifier } from './record'

/** RFC 7208, 2.6, but `temperror`: that is thrown, for then nobody learned anything. */
export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'permerror'

export interface SpfFound {
  result: SpfResult
  /** Which term decides it, or what is wrong, as half a sentence. */
  reason: string
  /** The domain's own record; null when it has none, or several. */
  record: string | null
}

const results: Readonly<Record<Qualifier, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' }

/**
 * Whether a domain lets an address send: check_host() of RFC 7208, 4.
 * @throws AppError `unreachable` for what the RFC calls temperror
 */
export async function checkHost(domain: string, question: Omit<Evaluation, 'budget'>): Promise<SpfFound> {
  const run = { ...question, budget: createBudget() }
  let record: string | null = null
  try {
    if (!isDomain(domain)) return { result: 'none', reason: `${domain} is no domain`, record }
    // The first question costs nothing.
    const answer = await run.dns.txt(domain)
    const texts = answer.state === 'found' ? answer.values.filter(isSpf) : []
    if (texts.length === 1) record = texts[0] ?? null
    return { ...(await decide(domain, texts, run)), record }
  } catch (error) {
    if (error instanceof PermError) return { result: 'permerror', reason: error.message, record }
    throw error
  }
}

type Decided = Omit<SpfFound, 'record'>

async function decide(at: string, texts: readonly string[], run: Evaluation): Promise<Decided> {
  const [text] = texts
  if (text === undefined) return { result: 'none', reason: `${at} has no SPF record` }
  if (texts.length > 1) throw new PermError(`${at} has ${texts.length} SPF records, and must have one`)
  const parsed = parseRecord(text)
  if ('problem' in parsed) throw new PermError(`in the record of ${at}, ${parsed.problem}`)
  for (const { text: term, qualifier, mechanism } of parsed.terms) {
    const isMatch = await matches(mechanism, at, run, (domain) => passes(domain, run))
    if (isMatch) return { result: results[qualifier], reason: `${term} of ${at} decides` }
  }
  if (parsed.redirect === null) return { result: 'neutral', reason: `no term of ${at} speaks of the address` }
  run.budget.countTerm()
  const target = await targetOf(parsed.redirect, at, run)
  const there = await decideBelow(target, run)
  if (there.result === 'none') throw new PermError(`redirect leads to ${target}, which has no SPF record`)
  return there
}

async function passes(domain: string, run: Evaluation): Promise<boolean> {
  const { result } = await decideBelow(domain, run)
  if (result === 'none') throw new PermError(`it includes ${domain}, which has no SPF record`)
  return result === 'pass'
}

async function decideBelow(domain: string, run: Evaluation): Promise<Decided> {
  if (!isDomain(domain)) return { result: 'none', reason: `${domain} is no domain` }
  return decide(domain, run.budget.valuesOf(await run.dns.txt(domain)).filter(isSpf), run)
}

// RFC 7208, 4.3: two labels or more, none of them empty or longer than 63.
function isDomain(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  return name.length <= 254 && labels.length > 1 && labels.every((label) => label.length > 0 && label.length < 64)
}
