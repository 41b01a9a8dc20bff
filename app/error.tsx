'use client'

import { type Fault, PageFault } from './page-fault'

/** A page in front of the door failed, or the frame itself. */
export default function RootError(fault: Fault) {
  return (
    <main className="door">
      <div className="door-page">
        <PageFault {...fault} />
      </div>
    </main>
  )
}
