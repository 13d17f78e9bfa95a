/** The API answered, and said no: a problem document (RFC 9457), or what could be made of the answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
  ) {
    super(detail ? `${title}: ${detail}` : title);
  }
}

/** The API did not answer, or what answered cannot be the API (502, 503, 504): nothing is known about the question. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Reads a failed answer. Field violations, which validators put in `violations` or `errors`, become the detail. */
export function problemOf(status: number, statusText: string, body: string): ApiProblem {
  let document: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) document = parsed as Record<string, unknown>;
  } catch {
    document = {}; // a proxy's HTML page: only the status is worth showing
  }
  const title = typeof document.title === 'string' ? document.title : statusText || `The server answered ${status}`;
  const detail = typeof document.detail === 'string' ? document.detail : violationsOf(document);
  return new ApiProblem(status, title, detail);
}

function violationsOf(document: Record<string, unknown>): string | null {
  const list = [document.violations, document.errors].find(Array.isArray) as unknown[] | undefined;
  const said = (list ?? []).flatMap((entry) => {
    const { field, message } = (entry ?? {}) as { field?: unknown; message?: unknown };
    return typeof message === 'string' ? [typeof field === 'string' ? `${field} ${message}` : message] : [];
  });
  return said.length > 0 ? said.join('; ') : null;
}

/** One sentence for the reader: what went wrong and what to do. */
export function explain(error: unknown): string {
  if (error instanceof ApiProblem) {
    if (error.status === 401) return 'Your sign-in has run out. Sign in again and repeat it.';
    if (error.status === 403) return 'Your account may not do this. Ask an administrator for the producer role.';
    return error.message;
  }
  if (error instanceof Unreachable) return 'The catalog does not answer. Nothing was changed; try again in a moment.';
  return error instanceof Error ? error.message : 'Something went wrong. Reload the page and try again.';
}
