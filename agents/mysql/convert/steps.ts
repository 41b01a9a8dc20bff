import type { Check, JobStep, RunStep } from '@/lib/agent'
import type { ResolvedServer } from '../server/resolve-server'
import { questionOf } from '../server/root-client'
import type { TableName } from './desired'
import { innodbLimits } from './limits'
import { obstacleQuestion } from './obstacle-rules'
import { ANSWER_S, progressFile, tableCommand, type Verb } from './script'
import { isThisTable, labelOf } from './table-name'

/** One table of a wish: its place from 1 on, and its size in bytes. */
export interface Chosen {
  table: TableName
  place: number
  bytes: number
}

/** Seconds for reading or copying it on a disk that gives a megabyte a second, and for what takes its time at any size. */
const slowly = (bytes: number) => Math.ceil(bytes / 1_048_576)

/** Seconds for the whole way back: what was copied by half is given up first. */
const backS = (bytes: number) => 900 + 10 * slowly(bytes)

const command = ({ client, server }: ResolvedServer, verb: Verb, table: TableName) =>
  tableCommand(verb, table, client, server.dataDir)

/**
 * Asks whether the server answers. Its undo asks the same, and waits: where the host restarts in the middle, all of the
 * change is taken back only when the server is up.
 */
export function answerStep(server: ResolvedServer, { table }: Chosen): RunStep {
  const run = command(server, 'answer', table)
  return {
    kind: 'run',
    id: 'server',
    title: 'Ask whether the server answers',
    timeoutS: ANSWER_S + 60,
    run,
    undo: { run, timeoutS: ANSWER_S + 60 },
    undoAfterBoot: true,
  }
}

/** The server's own check of a table, and what InnoDB would not take of it: it stops the change before anything is touched. */
export function lookStep(server: ResolvedServer, { table, place, bytes }: Chosen): RunStep {
  const limits = innodbLimits(server.version, server.said.variables)
  const scope = { tables: isThisTable(table, 't'), joined: (alias: string) => isThisTable(table, alias) }
  return {
    kind: 'run',
    id: `look.${place}`,
    title: `Check ${labelOf(table)}, and ask whether InnoDB can take it`,
    timeoutS: 300 + 2 * slowly(bytes),
    run: command(server, 'look', table),
    input: `SET NAMES utf8;\nSELECT CONCAT(o.a, '.', o.b, ': ', o.c) FROM (SELECT NULL AS kind, NULL AS a, NULL AS b, NULL AS c FROM DUAL WHERE 1 = 0 UNION ALL ${obstacleQuestion(limits, scope)}) o;\n`,
    undo: { nothing: 'It only asks.' },
  }
}

/**
 * The copy, which takes the table's place once it was compared. Begun again where the supervisor was gone: what was copied
 * is dropped, and the tables that are done need not go back and forth.
 */
export function convertStep(server: ResolvedServer, { table, place, bytes }: Chosen): JobStep {
  return {
    kind: 'job',
    id: `convert.${place}`,
    title: `Convert ${labelOf(table)} to InnoDB`,
    // Of cleaning up, and of the work itself where a revert is taken back.
    timeoutS: backS(bytes),
    run: command(server, 'convert', table),
    progress: { file: progressFile(table) },
    // Counting shows no progress: as long as it may take.
    stallS: 600 + 2 * slowly(bytes),
    cleanUp: command(server, 'end', table),
    whenCutShort: 'again',
    undo: { run: command(server, 'back', table), timeoutS: backS(bytes) },
  }
}

/** Rows and checksum of before and after, and the engine. */
export function proveStep(server: ResolvedServer, { table, place }: Chosen): RunStep {
  return {
    kind: 'run',
    id: `prove.${place}`,
    title: `${labelOf(table)} is of InnoDB, with the same rows and the same checksum`,
    timeoutS: 60,
    run: command(server, 'prove', table),
    proves: true,
    undo: { nothing: 'It only asks.' },
  }
}

/**
 * Drops what the table was copied from, once all tables stand. Its undo has nothing to do, the way back being the copy's own;
 * a revert that is taken back drops again.
 */
export function finishStep(server: ResolvedServer, { table, place, bytes }: Chosen): RunStep {
  return {
    kind: 'run',
    id: `finish.${place}`,
    title: `Finish ${labelOf(table)}: drop its MyISAM original`,
    timeoutS: 300 + 2 * slowly(bytes),
    run: command(server, 'finish', table),
    undo: { run: command(server, 'answer', table), timeoutS: ANSWER_S + 60 },
    undoAfterBoot: true,
  }
}

/** The engine, as the dashboard asks for it again afterwards. */
export function engineCheck({ hostId, client }: ResolvedServer, { table, place }: Chosen): Check {
  return {
    id: `engine-of.${place}`,
    hostId,
    title: `${labelOf(table)} is of InnoDB`,
    weight: 'must',
    timeoutS: 60,
    read: {
      command: questionOf(client, `SELECT t.ENGINE FROM information_schema.TABLES t WHERE ${isThisTable(table, 't')}`),
    },
    expect: { equals: 'InnoDB' },
  }
}
