import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { resolveGrants, type Grants, type Role } from '../../../protocol/grants.ts';

/** What lets someone do something; `hidden` takes something away. */
const permissions = ['subscribe', 'admit', 'moderate', 'stills', 'lookAhead', 'lead', 'invite', 'notes'] as const;

/**
 * The grants that an invitation has other than its role. Of the preset of the role what the inviter has not is left out.
 * @param own of who invites
 * @throws notAllowed where more is asked for than the inviter has, with the path of it
 */
export function inviteGrants(own: Grants, role: Role, asked: Partial<Grants> = {}): Partial<Grants> {
  const beyond = permissions.find((permission) => asked[permission] && !own[permission]);
  const isPublishBeyond = asked.publish?.some((source) => !own.publish.includes(source));
  const excess = beyond ?? (isPublishBeyond ? 'publish' : undefined);
  if (excess !== undefined) {
    throw new ChaxiError('notAllowed', {
      path: `grants.${excess}`,
      message: `You can not give the grant ${excess}, which you do not have yourself.`,
    });
  }
  const wanted = resolveGrants(role, asked);
  const lacking = permissions.filter((permission) => wanted[permission] && !own[permission]);
  const publish = wanted.publish.filter((source) => own.publish.includes(source));
  return {
    ...asked,
    ...Object.fromEntries(lacking.map((permission) => [permission, false])),
    ...(publish.length < wanted.publish.length ? { publish } : {}),
  };
}
