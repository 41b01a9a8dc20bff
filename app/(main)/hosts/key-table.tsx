import { CopyLine } from './copy-line'
import { printCommand } from './words'

export interface ShownKey {
  algorithm: string
  fingerprint: string
}

/** Keys with what prints each of them on the host itself, to be compared letter by letter. */
export function KeyTable({ label, keys }: { label: string; keys: readonly ShownKey[] }) {
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">SHA-256 fingerprint</th>
            <th scope="col">Prints it on the host</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={`${key.algorithm} ${key.fingerprint}`}>
              <th scope="row" className="mono nowrap line">
                {key.algorithm}
              </th>
              <td className="mono line">{key.fingerprint}</td>
              <td className="line">
                <CopyLine text={printCommand(key.algorithm)} label={`the command for ${key.algorithm}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
