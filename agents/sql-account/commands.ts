import type { Argv, RunStep } from '@/lib/agent'

/** Words: what must be answered, and a command that only asks. */
const answers = `want=$1; shift
seen=$("$@" </dev/null) || exit 1
if [ "$seen" = "$want" ]; then exit 0; fi
printf 'The server answers %s, and %s was expected.\\n' "$seen" "$want"; exit 1
`

/** Words: the client with its options. Waits for the server, which may be starting, and gives it the statements. */
const whenUp = `n=0; until echo 'SELECT 1;' | "$@" >/dev/null 2>&1 || [ "$n" -ge 120 ]; do n=$((n + 1)); sleep 1; done; exec "$@"`

/** The command that asks and must get exactly this answer; the program is fed, so that a plan shows the question alone. */
export function mustAnswer(want: string, ask: Argv): Required<Pick<RunStep, 'run' | 'input'>> {
  return { run: ['sh', '-s', want, ...ask], input: answers }
}

/** The same as one command, where a step takes no input. */
export function isAnswered(want: string, ask: Argv): Argv {
  return ['sh', '-c', answers, 'pollux', want, ...ask]
}

/** Gives statements to a server that may be starting: two minutes it is waited for. */
export function giveWhenUp(client: Argv, statements: string): { run: Argv; input: string; timeoutS: number } {
  return { run: ['sh', '-c', whenUp, 'pollux', ...client], input: statements, timeoutS: 150 }
}

/** A word in an SQL literal. The names that come here hold no quote and no backslash (`desired`). */
export function literal(word: string): string {
  return `'${word.replaceAll("'", "''")}'`
}
