import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importsOf } from './import-rules.mjs'
import { listSources } from './list-sources.mjs'

// Rules of security that a reader of the sources can see, and a lint can't.
const product: string[] = listSources().filter(
  (file: string) =>
    /^(app|agents|lib|scripts|components|prisma)\//.test(file) &&
    !/\.test\.tsx?$|\/testing(\.ts|\/)|\/test-(session|start|store)\.ts/.test(file),
)
const textOf = (file: string) => readFileSync(file, 'utf8')
const filesWith = (pattern: RegExp) => product.filter((file) => pattern.test(textOf(file)))

it('looks at the sources at all', () => {
  expect(product.length).toBeGreaterThan(500)
  expect(filesWith(/writeAudit\(/).length).toBeGreaterThan(30)
})

describe('SQL', () => {
  it('there are no unsafe raw queries', () => {
    expect(filesWith(/\$(queryRaw|executeRaw)Unsafe|Prisma\.raw\(/)).toEqual([])
  })

  it('no driver sends several statements at once, or a local file', () => {
    expect(filesWith(/multipleStatements:\s*true|allowMultiQueries|infileStreamFactory|[+]LOCAL_FILES/)).toEqual([])
    const mysql = filesWith(/from 'mysql2(\/promise)?'/).filter((file) =>
      /createConnection\(|createPool\(/.test(textOf(file)),
    )
    expect(mysql.length).toBeGreaterThan(0)
    for (const file of mysql)
      expect([file, textOf(file)]).toEqual([
        file,
        expect.stringMatching(/multipleStatements: false[\s\S]*|-LOCAL_FILES/),
      ])
  })
})

describe('route handlers', () => {
  const handlers = product.filter((file) => file.startsWith('app/') && file.endsWith('/route.ts'))

  it('all go through the gate that checks the origin, but for those that only tell a monitor', () => {
    expect(handlers.length).toBeGreaterThan(8)
    const ungated = handlers.filter(
      (file) =>
        !/^export const (GET|POST|PUT|PATCH|DELETE) = (route|apiRoute|tokenOrSessionRoute)\(/m.test(textOf(file)),
    )
    expect(ungated).toEqual(['app/healthz/route.ts', 'app/metrics/route.ts'])
    for (const file of ungated)
      expect(textOf(file)).not.toMatch(/export (const|async function|function) (POST|PUT|PATCH|DELETE)/)
    const others = handlers.filter((file) => !ungated.includes(file))
    for (const file of others)
      expect([file, textOf(file).match(/^export (async )?function (GET|POST|PUT|PATCH|DELETE)/m)]).toEqual([file, null])
  })

  it('give downloads as attachments with nosniff', () => {
    const downloads = handlers.filter((file) => /content-disposition/.test(textOf(file)))
    expect(downloads.length).toBeGreaterThan(3)
    for (const file of downloads) {
      const plain = textOf(file).match(/'content-disposition': `(?!attachment; filename=)/)
      expect([file, plain, textOf(file).includes("'x-content-type-options': 'nosniff'")]).toEqual([file, null, true])
    }
  })

  it('take no token from the address', () => {
    const readers = handlers.filter((file) =>
      /searchParams\.get\(['"](token|key|secret|access_token|api_key)['"]/.test(textOf(file)),
    )
    expect(readers).toEqual([])
  })
})

describe('server actions', () => {
  it('all go through the gate that checks the origin', () => {
    const files = product.filter((file) => /^['"]use server['"]/m.test(textOf(file)))
    expect(files.length).toBeGreaterThan(10)
    const bare = files.flatMap((file) =>
      [...textOf(file).matchAll(/^export (?:const (\w+) = (?!action\(|openAction\()|async function (\w+))/gm)].map(
        ([, constant, named]) => `${file}: ${constant ?? named}`,
      ),
    )
    // What a form's own action says stands on the page: these call a gated action themselves.
    const ungated = bare.filter((one) => {
      const [file = ''] = one.split(': ')
      return !/(checkOrigin|Action)\(/.test(textOf(file))
    })
    expect(ungated).toEqual([])
  })
})

describe('what the browser is shown', () => {
  it('nothing is set as markup', () => {
    expect(filesWith(/dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write\(/)).toEqual([])
  })

  it('no text becomes code', () => {
    expect(filesWith(/\beval\(|new Function\(/)).toEqual([])
  })
})

describe('outgoing requests', () => {
  it('none is made to an address that somebody types, by fetch, which would follow redirects', () => {
    const product = listSources().filter((file: string) => /^lib\//.test(file) && !/\.test\.tsx?$|testing/.test(file))
    expect(product.filter((file: string) => /\bfetch\(/.test(textOf(file)))).toEqual([])
  })
})

describe('the record of deeds', () => {
  /** Files with units of work that keep no row of their own. A new one fails the test until it is named here. */
  const unrecorded: readonly string[] = [
    // What is read, of a host or a catalog, is no deed; that somebody asked for it is, and stands in the verb.
    'lib/catalog/keep/keep-catalog.ts',
    'lib/catalog/keep/keep-catalogs.ts',
    'lib/changes/make-plan.ts',
    'lib/reading/store-readings.ts',
    // The engine: what it does was approved, and each of its steps is in the change's journal.
    'lib/changes/engine.ts',
    ...[
      'canary',
      'confirm-reach',
      'lock-of-host',
      'note',
      'prove-again',
      'prove-from-afar',
      'record-lines',
      'together',
    ].map((name) => `lib/changes/run/${name}.ts`),
    // Their row comes from what they call: the plan that is kept, the hosts that are asked to stop.
    'lib/changes/revert-change.ts',
    'lib/changes/stop-change.ts',
    // What a person types in a wizard is nobody else's.
    'lib/drafts/draft.ts',
    // When a token was used last; each deed that it was used for has a row.
    'lib/auth/api-token.ts',
    // A secret that counts for nothing until it is confirmed, which has a row.
    'lib/users/begin-second-factor.ts',
    // The proof that key and store fit is the store's own.
    'lib/server/prepare-data.ts',
  ]

  it('has a row for every unit of work, but for those that are named', () => {
    const writers = product.filter((file) => file.startsWith('lib/') && /\bwork\((async )?\(/.test(textOf(file)))
    const silent = writers.filter((file) => !/writeAudit\(/.test(textOf(file)) && !file.startsWith('lib/db/'))
    expect(silent.sort()).toEqual([...unrecorded].sort())
  })

  /** Actions that change nothing that counts, and a person's own draft. */
  const onlyReads = [
    'beginSecondFactor',
    'checkMesh',
    'keepDraft',
    'previewTuning',
    'readFootprint',
    'scanHostList',
    'testCatalog',
  ]

  it('has a row for every server action that changes something', () => {
    const found = product
      .filter((file) => /^['"]use server['"]/m.test(textOf(file)))
      .flatMap((file) =>
        [...textOf(file).matchAll(/= (?:action\([^,]+,|openAction\()\s*[\w.()]+,\s*([\s\S]*?)\)\n/g)].map(
          ([, verb]) => ({
            file,
            verb:
              /=>\s*(\w+)\(|(\w+)\)?,?$/
                .exec((verb ?? '').trim())
                ?.slice(1)
                .find(Boolean) ?? '',
          }),
        ),
      )
    expect(found.length).toBeGreaterThan(50)
    const silent = found.filter(({ file, verb }) => !isRecorded(fileOfImport(file, verb)))
    expect(silent.map(({ verb }) => verb).filter((verb) => !onlyReads.includes(verb))).toEqual([])
  })

  /** Whether a verb's file writes a row, or one that it calls does. */
  function isRecorded(file: string | null, depth = 0): boolean {
    if (file === null) return false
    if (/writeAudit\(/.test(textOf(file))) return true
    return (
      depth < 2 && importsOf(file, textOf(file)).some(({ to }: { to: string }) => isRecorded(sourceOf(to), depth + 1))
    )
  }

  function fileOfImport(file: string, name: string): string | null {
    const text = textOf(file)
    const named = importsOf(file, text).find(({ line }: { line: number }) => {
      const statement =
        text
          .split('\n')
          .slice(line - 1)
          .join('\n')
          .split(/ from /)[0] ?? ''
      return new RegExp(`\\b${name}\\b`).test(statement)
    })
    return named ? sourceOf(named.to) : null
  }

  function sourceOf(path: string): string | null {
    return product.find((file) => file === `${path}.ts` || file === `${path}/index.ts`) ?? null
  }
})
