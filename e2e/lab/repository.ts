export async function stopRepository(): Promise<void> {}
