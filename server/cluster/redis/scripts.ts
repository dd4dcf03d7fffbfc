/**
 * What must happen in one step, as Lua that Redis runs. Keys of other nodes are made within a script, so these need one Redis
 * (with replicas, if need be), not a Redis Cluster.
 */
export const scripts = {
  /**
   * KEYS: the room, its settings. ARGV: prefix of node keys, node, milliseconds, node that asks, settings to write or an empty
   * string, milliseconds of these, nodes that are leaving. Answers the node that has the room, and the settings as they were;
   * nothing where none has it and the one that asks is not there.
   */
  claimRoom: `
    local known = redis.call('EXISTS', ARGV[1] .. ARGV[4]) == 1
    local owner = redis.call('GET', KEYS[1])
    local settings = redis.call('GET', KEYS[2])
    local free = not owner or redis.call('EXISTS', ARGV[1] .. owner) == 0
    for index = 7, #ARGV do free = free or ARGV[index] == owner end
    if not free and (owner ~= ARGV[2] or not known) then return {owner, settings} end
    if not known then return false end
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
    if ARGV[5] ~= '' then redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6]) end
    return {ARGV[2], settings}`,

  /** KEYS: the room, its settings. ARGV: prefix of node keys. Answers the node that has the room, and the settings, or nothing for either. */
  findRoom: `
    local owner = redis.call('GET', KEYS[1])
    if owner and redis.call('EXISTS', ARGV[1] .. owner) == 0 then owner = false end
    return {owner, redis.call('GET', KEYS[2])}`,

  /** KEYS: the node, the set of nodes. ARGV: node, its inbox, milliseconds. Answers 1 where the node is forgotten now. */
  removeEndedNode: `
    local listening = redis.call('PUBSUB', 'NUMSUB', ARGV[2])[2]
    if tonumber(listening) > 0 or redis.call('PTTL', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
    redis.call('DEL', KEYS[1])
    redis.call('SREM', KEYS[2], ARGV[1])
    return 1`,

  /** KEYS: the room, and its settings where these go too. ARGV: node. */
  releaseRoom: `
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', unpack(KEYS)) end`,
} as const;
