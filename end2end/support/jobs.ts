/** Jobs over many conversations, seen from the server's side. */
import { Api } from './server';

export interface Item { conversation_id: string; result: string; reason?: string }

/** The newest job of a user. */
export async function newestJob(api: Api): Promise<any> {
  return (await api.get('/bulk')).items[0];
}

/** Waits until a job is over, and gives it. */
export async function jobOver(api: Api, id: string, within = 90_000): Promise<any> {
  const end = Date.now() + within;
  for (;;) {
    // A server that is being started again answers nothing for a moment.
    const job = await api.get(`/bulk/${id}`).catch(() => undefined);
    if (job && ['finished', 'stopped'].includes(job.state)) return job;
    if (Date.now() > end) throw new Error(`the job is not over: ${JSON.stringify(job)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Every conversation of a job with that result. */
export async function itemsOf(api: Api, id: string, result: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: any = await api.get(`/bulk/${id}/items?result=${result}&limit=200${more}`);
    items.push(...page.items);
    cursor = page.next ?? null;
  } while (cursor);
  return items;
}

/** Does something to each, a few at a time. */
export async function forEach<T>(all: T[], act: (one: T) => Promise<void>, atOnce = 8): Promise<void> {
  const rest = [...all];
  const worker = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
