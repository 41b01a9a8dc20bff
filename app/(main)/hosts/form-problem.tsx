import { Mark } from '@/components/base/status-mark'

/** What the server said about a form that belongs to no field; stands above the button, so that it is seen. */
export function FormProblem({ children }: { children: string | null }) {
  return (
    <div role="alert" className="mb-3 max-w-text">
      {children ? (
        <p className="text-bad-text">
          <Mark status="bad" /> {children}
        </p>
      ) : null}
    </div>
  )
}
