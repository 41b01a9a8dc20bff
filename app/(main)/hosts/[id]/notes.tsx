/** What people noted about the host, as they wrote it. */
export function Notes({ text }: { text: string }) {
  if (text.trim() === '') return null
  return <p className="mb-6 max-w-text whitespace-pre-wrap text-text-2">{text}</p>
}
