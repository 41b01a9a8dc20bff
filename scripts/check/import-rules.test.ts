import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, wrongImports } from './import-rules.mjs'

/** Violations planted one by one: the file, the line in it, and the words by which it is refused. */
const planted = [
  ['app/(main)/hosts/page.tsx', "import { store } from '@/lib/db/client'", 'never the database'],
  ['app/(main)/hosts/page.tsx', "import { read } from '@/lib/db'", 'never the database'],
  [
    'app/(main)/hosts/page.tsx',
    "import { PrismaClient } from '@/prisma/generated/client/client'",
    'never the database',
  ],
  [
    'app/(main)/hosts/page.tsx',
    "import { PrismaClient } from '../../../prisma/generated/client/client'",
    'never the database',
  ],
  ['app/api/route.ts', "import { Client } from 'ssh2'", 'only lib/ssh'],
  ['app/api/route.ts', "const { Client } = await import('ssh2')", 'only lib/ssh'],
  ['app/api/route.ts', "import { recommend } from '@/agents/scheduler/recommend'", 'agents/registry'],
  ['app/(main)/wizards/mysql/page.tsx', "import { view } from '@/agents/scheduler/view'", 'agents/registry'],
  ['app/(main)/hosts/[id]/mysql/page.tsx', "import { view } from '@/agents/scheduler/view'", 'agents/registry'],
  ['instrumentation.ts', "import { read } from './lib/db'", 'never the database'],
  ['components/show/need.tsx', "import { log } from '@/lib/log'", 'only types from lib'],
  ['components/show/need.tsx', "import { log } from '../../lib/log'", 'only types from lib'],
  ['components/show/need.tsx', "export { log } from '@/lib/log'", 'only types from lib'],
  ['components/show/need.tsx', "import Page from '@/app/page'", 'no more'],
  ['components/show/need.tsx', "import { readFileSync } from 'node:fs'", 'no more'],
  ['agents/scheduler/plan.ts', "import { plan } from '@/agents/mysql/plan'", 'only itself'],
  ['agents/scheduler/plan.ts', "import { plan } from '../mysql/plan'", 'only itself'],
  ['agents/scheduler/plan.ts', "import type { Tx } from '@/lib/db'", 'only itself'],
  ['agents/scheduler/plan.ts', "import { z } from '../../lib/config/single'", 'only itself'],
  ['agents/scheduler/plan.ts', "import { Client } from 'ssh2'", 'only lib/ssh'],
  ['agents/scheduler/plan.ts', "import { readFileSync } from 'node:fs'", 'no package but zod'],
  ['lib/changes/apply.ts', "import { scheduler } from '@/agents/scheduler'", 'nothing above'],
  ['lib/changes/apply.ts', "import { Button } from '../../components/base/button'", 'nothing above'],
  ['lib/changes/apply.ts', "import type { Props } from '@/app/page'", 'nothing above'],
  ['lib/changes/apply.ts', "import type { Host } from '@/prisma/generated/client/client'", 'only lib/db'],
  ['lib/auth/auth.ts', "import { PrismaClient } from '@prisma/client'", 'only lib/db'],
  ['lib/changes/apply.ts', "import { createClient } from '@libsql/client'", 'only lib/sql'],
  ['lib/catalog/rules/ask.ts', "import { createConnection } from 'mysql2'", 'only lib/sql'],
  ['lib/catalog/rules/ask.ts', "import { createConnection } from 'mysql2/promise'", 'only lib/sql'],
  ['app/api/route.ts', "const { Client } = await import('pg')", 'only lib/sql'],
  ['lib/catalog/rules/ask.ts', "import Database from 'libsql'", 'only lib/sql'],
  ['lib/db/client.ts', "import { Client } from 'pg'", 'only lib/sql'],
  ['lib/sql/connect.ts', "import { PrismaClient } from '@prisma/client'", 'only lib/db'],
  ['lib/changes/apply.ts', "import { Client } from 'ssh2'", 'only lib/ssh'],
  ['lib/changes/apply.ts', "import {\n  inside,\n} from '@/e2e/lab/inside'", 'nothing above'],
] as const

describe('each planted violation is seen', () => {
  it.each(planted)('%s: %s', (file, line, reason) => {
    const wrong = wrongImports(file, `'use server'\n\n${line}\n`)
    expect(wrong.join('\n')).toContain(`${file}:3 imports `)
    expect(wrong.join('\n')).toContain(reason)
  })
})

const allowed = [
  ['app/(main)/hosts/page.tsx', "import { listHosts } from '@/lib/inventory/list-hosts'"],
  ['app/(main)/hosts/page.tsx', "import { agents } from '@/agents/registry'"],
  ['app/(main)/wizards/scheduler/page.tsx', "import { view } from '@/agents/scheduler/view'"],
  ['app/(main)/wizards/scheduler/page.tsx', "import { scheduler } from '@/agents/scheduler'"],
  ['app/(main)/hosts/[id]/mysql/page.tsx', "import { lookAt } from '@/agents/mysql/look-again/view'"],
  ['components/show/need.tsx', "import type { Need } from '@/lib/needs/need'"],
  ['components/show/need.tsx', "import { cn } from '../base/class-names'"],
  ['agents/scheduler/plan.ts', "import { z } from 'zod'"],
  [
    'agents/scheduler/plan.ts',
    "import { AppError } from '@/lib/errors'\nimport type { Plan } from '../../lib/agent/plan'",
  ],
  ['agents/scheduler/parse/udev.ts', "import { recommend } from '../recommend'"],
  ['agents/registry.ts', "import { scheduler } from './scheduler'"],
  ['lib/db/client.ts', "import { PrismaClient } from '@/prisma/generated/client/client'"],
  ['lib/db/client.ts', "import { createClient } from '@libsql/client'"],
  ['lib/sql/connect.ts', "import { createClient } from '@libsql/client'"],
  ['lib/sql/mysql/open-mysql.ts', "import { createConnection } from 'mysql2'"],
  ['lib/sql/postgres/open-postgres.ts', "import { Client } from 'pg'"],
  ['lib/ssh/connect.ts', "import { Client } from 'ssh2'"],
  ['lib/changes/apply.lab.test.ts', "import { lab } from '@/e2e/lab'"],
] as const

it.each(allowed)('%s may: %s', (file, line) => {
  expect(wrongImports(file, line)).toEqual([])
})

it('finds every form of import, with its line', () => {
  const text = [
    "import type { A } from './a'",
    "import b, { c } from '@/lib/b'",
    "import '../globals.css'",
    "export * from './d.ts'",
    "const e = require('ssh2')",
    "const text = 'words from here'",
  ].join('\n')
  expect(importsOf('lib/x/file.ts', text).map(({ to, isType, line }) => [to, isType, line])).toEqual([
    ['lib/x/a', true, 1],
    ['lib/b', false, 2],
    ['lib/globals.css', false, 3],
    ['lib/x/d', false, 4],
    ['ssh2', false, 5],
  ])
})

it('lets Biome see a circle through the alias', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-circle-'))
  try {
    for (const name of ['biome.json', 'package.json', 'tsconfig.json', '.gitignore'])
      copyFileSync(name, join(dir, name))
    mkdirSync(join(dir, 'lib'))
    writeFileSync(join(dir, 'lib/one.ts'), "import { two } from '@/lib/two'\n\nexport const one = () => two\n")
    writeFileSync(join(dir, 'lib/two.ts'), "import { one } from './one'\n\nexport const two = () => one\n")
    const ended = spawnSync(resolve('node_modules/.bin/biome'), ['ci', '--colors=off', 'lib'], {
      cwd: dir,
      encoding: 'utf8',
    })
    expect(ended.status).toBe(1)
    expect(ended.stdout + ended.stderr).toContain('noImportCycles')
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
