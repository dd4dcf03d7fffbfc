/**
 * What must happen in one step, as Lua that Redis runs. Keys of other nodes are made within a script, so these need one Redis
 * (with replicas, if need be), not a Redis Cluster.
 */
export const scripts = {
  /**
   * KEYS: the room, its settings. ARGV: prefix of node keys, node, milliseconds, node that asks, settings to write or an empty
   * string, milliseconds of these, `1` for beside others, nodes that are leaving. Answers the settings as they were, and the nodes
   * that have the room; nothing where none has it and the one that asks is not there.
   */
  claimRoom: `
    local known = redis.call('EXISTS', ARGV[1] .. ARGV[4]) == 1
    local settings = redis.call('GET', KEYS[2])
    local answer, staying, has = {settings}, 0, false
    for _, holder in ipairs(redis.call('HKEYS', KEYS[1])) do
      if redis.call('EXISTS', ARGV[1] .. holder) == 1 then
        local leaves = false
        for index = 8, #ARGV do leaves = leaves or ARGV[index] == holder end
        if not leaves then staying = staying + 1 end
        has = has or holder == ARGV[2]
        answer[#answer + 1] = holder
      elseif known then
        redis.call('HDEL', KEYS[1], holder)
      end
    end
    if not known then return staying > 0 and answer end
    if not has then
      if staying > 0 and ARGV[7] ~= '1' then return answer end
      redis.call('HSET', KEYS[1], ARGV[2], '1')
      answer[#answer + 1] = ARGV[2]
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    if ARGV[5] ~= '' then
      if settings and (#answer > 2 or ARGV[7] ~= '1') then
        redis.call('PEXPIRE', KEYS[2], ARGV[6])
      else
        redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
      end
    end
    return answer`,

  /** KEYS: the room, its settings. ARGV: prefix of node keys. Answers the settings, or nothing for these, and the nodes that have the room. */
  findRoom: `
    local answer = {redis.call('GET', KEYS[2])}
    for _, holder in ipairs(redis.call('HKEYS', KEYS[1])) do
      if redis.call('EXISTS', ARGV[1] .. holder) == 1 then answer[#answer + 1] = holder end
    end
    return answer`,

  /** KEYS: the node, the set of nodes. ARGV: node, its inbox, milliseconds. Answers 1 where the node is forgotten now. */
  removeEndedNode: `
    local listening = redis.call('PUBSUB', 'NUMSUB', ARGV[2])[2]
    if tonumber(listening) > 0 or redis.call('PTTL', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
    redis.call('DEL', KEYS[1])
    redis.call('SREM', KEYS[2], ARGV[1])
    return 1`,

  /** KEYS: the room, its settings. ARGV: node, `1` where the settings stay. */
  releaseRoom: `
    redis.call('HDEL', KEYS[1], ARGV[1])
    if ARGV[2] ~= '1' and redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end`,
} as const;
