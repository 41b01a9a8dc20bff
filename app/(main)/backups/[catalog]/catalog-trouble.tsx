import { HostText } from '@/components/base/host-text'
import { Note } from '@/components/show/finding'
import { TryAgain } from './try-again'

/** Stands in the place of figures that the catalog did not give: why, in a sentence, and a way to ask again. */
export function CatalogTrouble({ sentence }: { sentence: string }) {
  return (
    <div className="my-4 grid gap-3">
      <Note status="bad" title="The catalog did not answer">
        <HostText text={sentence} max={800} /> Nothing is shown here rather than something that may be wrong.
      </Note>
      <div>
        <TryAgain />
      </div>
    </div>
  )
}
