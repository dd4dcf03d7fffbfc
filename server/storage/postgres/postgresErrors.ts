/** What an operator can do about a PostgreSQL that could not be used. */
export function explainPostgresError(error: Error & { code?: string; errors?: Error[] }): string {
  // One address of several, or all that a name stands for.
  const message = error.message || (error.errors ?? []).map((one) => one.message).join(', ');
  switch (error.code ?? '') {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOENT':
      return `It can not be reached (${message}). Check that PostgreSQL runs, and the address in database.url.`;
    // Error codes of PostgreSQL (its documentation, appendix A).
    case '28000':
    case '28P01':
      return `It refuses the user or the password (${message}). Correct database.url.`;
    case '3D000':
      return `There is no such database (${message}). Make it with: createdb --encoding UTF8 --template template0`;
    case '42501':
      return `The user may not do that there (${message}). Make the user the owner of the database.`;
    case '53300':
      return `It has no connections left (${message}). Raise its max_connections, or lower database.poolSize.`;
    case '57P03':
      return `It is starting or stopping (${message}). Try again in a few seconds.`;
    default:
      return /certificate|self-signed|SSL|TLS/i.test(message)
        ? `TLS fails (${message}). Set database.caFile to the authority that signed its certificate, or correct sslmode in database.url.`
        : message;
  }
}
