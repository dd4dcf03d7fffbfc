export interface Endpoint {
  host: string;
  port: number;
}

/** Where clients come, and where what they send goes. */
export interface Route {
  listen: Endpoint;
  target: Endpoint;
}
