import type { PersonalRecord } from '../../protocol/rest.ts';

/** A part of what is kept of people, for REST. A tenant sees its own people only. Failures are ChaxiErrors, `storageUnavailable` among them. */
export interface PersonService {
  export(tenant: string, identity: string): AsyncIterable<PersonalRecord>;
  /** Nothing of a person is kept there any more, but the identity of who was banned. */
  forget(tenant: string, identity: string): Promise<void>;
}
