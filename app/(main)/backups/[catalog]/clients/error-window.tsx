import { Segmented } from '@/components/base/segmented'
import { hrefWith, type Params } from '@/components/table/sort'
import { errorWindows } from '@/lib/catalog/clients/list-clients'

/** Which days the error rate covers; the rest of the address stays. */
export function ErrorWindow({ path, params, chosen }: { path: string; params: Params; chosen: number }) {
  return (
    <span className="inline-flex items-center gap-2">
      Failed of the last
      <Segmented
        label="Days that the error rate covers"
        chosen={String(chosen)}
        segments={errorWindows.map((days) => ({
          id: String(days),
          label: days === 365 ? '1 y' : `${days} d`,
          href: hrefWith(path, { ...params, window: String(days) }),
        }))}
      />
    </span>
  )
}
