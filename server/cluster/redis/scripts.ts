/**
 * What must happen in one step, as Lua that Redis runs. Keys of other nodes are made within a script, so these need one Redis
 * (with replicas, if need be), not a Redis Cluster.
 */
export const scripts = {
  /**
   * KEYS: the room. ARGV: prefix of node keys, node, milliseconds, node that asks, nodes that are leaving. Answers the node that
   * has the room; nothing where the one that asks is not there.
   */
  claimRoom: `
    if redis.call('EXISTS', ARGV[1] .. ARGV[4]) == 0 then return false end
    local owner = redis.call('GET', KEYS[1])
    if owner and owner ~= ARGV[2] and redis.call('EXISTS', ARGV[1] .. owner) == 1 then
      local leaving = false
      for index = 5, #ARGV do leaving = leaving or ARGV[index] == owner end
      if not leaving then return owner end
    end
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
    return ARGV[2]`,

  /** KEYS: the room. ARGV: prefix of node keys. Answers the node that has the room, or nothing. */
  findRoom: `
    local owner = redis.call('GET', KEYS[1])
    return owner and redis.call('EXISTS', ARGV[1] .. owner) == 1 and owner or false`,

  /** KEYS: the node, the set of nodes. ARGV: node, its inbox, milliseconds. Answers 1 where the node is forgotten now. */
  removeEndedNode: `
    local listening = redis.call('PUBSUB', 'NUMSUB', ARGV[2])[2]
    if tonumber(listening) > 0 or redis.call('PTTL', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
    redis.call('DEL', KEYS[1])
    redis.call('SREM', KEYS[2], ARGV[1])
    return 1`,

  /** KEYS: the room. ARGV: node. */
  releaseRoom: `
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`,
} as const;
