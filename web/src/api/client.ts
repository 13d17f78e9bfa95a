import { problemOf, Unreachable } from './problem';

const TIMEOUT_MS = 10_000;

/** Supplies the access token of the signed-in viewer, or null. */
export type TokenSource = () => Promise<string | null>;

/** Requests to `/api/v1`. Rejects with `ApiProblem` when the API refused and `Unreachable` when nothing is known. */
export class ApiClient {
  constructor(
    private readonly token: TokenSource,
    private readonly base = '/api/v1',
  ) {}

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.request('GET', path, undefined, signal);
  }

  post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.request('POST', path, body, signal);
  }

  private async request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
    const token = await this.token();
    if (token) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.base}${path}`, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable('No answer from the catalog', { cause: error });
    }
    if (response.status >= 502 && response.status <= 504) throw new Unreachable(`Status ${response.status}`);
    if (!response.ok) throw problemOf(response.status, response.statusText, text);
    try {
      return (text ? JSON.parse(text) : undefined) as T;
    } catch (error) {
      throw new Unreachable('The answer is not the catalog’s', { cause: error });
    }
  }
}
