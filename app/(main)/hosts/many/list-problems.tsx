import { Note } from '@/components/show/finding'
import type { ListProblem } from '@/lib/inventory/parse-host-list'

/** The lines that name no host, each with what is wrong with it. */
export function ListProblems({ problems }: { problems: readonly ListProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div className="mb-4">
      <Note
        status="warn"
        title={problems.length === 1 ? '1 line is left out' : `${problems.length} lines are left out`}
      >
        <ul>
          {problems.map((problem) => (
            <li key={problem.line}>
              Line {problem.line}: {problem.problem} <span className="mono text-text-3">{problem.text}</span>
            </li>
          ))}
        </ul>
      </Note>
    </div>
  )
}
