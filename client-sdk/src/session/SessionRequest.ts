import type { RequestInput, RequestMethod, ResponseData } from '../../../protocol/signaling.ts';

/** Asks the server in the present stay. @throws ChaxiError invalidState where there is none */
export type SessionRequest = <M extends RequestMethod>(method: M, data: RequestInput<M>) => Promise<ResponseData<M>>;
