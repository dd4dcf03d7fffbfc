// The part of the libsrtp 3 API that mediasoup uses, over libsrtp 2.5. What version 3 changed, and what is done about it:
// - The policy is opaque and owns its key: ChaxiSrtpPolicy holds both.
// - Input and output are separate buffers with sizes: copied once, then processed in place as version 2 does.
// - srtp_remove_stream() is called srtp_stream_remove(); both take the SSRC in network byte order.
#pragma once

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Version 2 has a struct of this name, version 3 a pointer to a struct.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Codes that version 2 does not have. The values continue its enum, which is wide enough for them.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct ChaxiSrtpPolicy
{
	srtp2_policy_t policy{};
	uint8_t key[SRTP_MAX_KEY_LEN]{};
};

using srtp_policy_t = ChaxiSrtpPolicy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) ChaxiSrtpPolicy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		// A key must not stay in freed memory. The volatile pointer keeps the compiler from dropping these writes.
		volatile uint8_t* key = policy->key;

		for (size_t i = 0; i < sizeof(policy->key); ++i)
		{
			key[i] = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	return err != srtp_err_status_ok
	         ? err
	         : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* mki,
  size_t /*mkiLen*/)
{
	if (mki || keyLen > sizeof(policy->key) || saltLen > sizeof(policy->key) - keyLen)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->policy.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->policy.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->policy);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace chaxi
{
	/**
	 * Copies `in` to `out` (unless they are the same buffer) and lets `process` work there in place.
	 *
	 * @param outLen In: the size of `out`. Out: the length of the result.
	 * @param trailerLen How many bytes `process` may add.
	 */
	template<class Process>
	srtp_err_status_t srtpInPlace(
	  const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t trailerLen, Process process)
	{
		if (inLen > INT_MAX - trailerLen || *outLen < inLen + trailerLen)
		{
			return srtp_err_status_buffer_small;
		}

		if (out != in)
		{
			std::memmove(out, in, inLen);
		}

		int len = static_cast<int>(inLen);

		const srtp_err_status_t err = process(out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}
} // namespace chaxi

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return chaxi::srtpInPlace(
	  rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN,
	  [session](uint8_t* data, int* len) { return srtp_protect(session, data, len); });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	// SRTCP adds its 4-byte index besides the trailer, RFC 3711 section 3.4.
	return chaxi::srtpInPlace(
	  rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4,
	  [session](uint8_t* data, int* len) { return srtp_protect_rtcp(session, data, len); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return chaxi::srtpInPlace(
	  srtp, srtpLen, rtp, rtpLen, 0,
	  [session](uint8_t* data, int* len) { return srtp_unprotect(session, data, len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return chaxi::srtpInPlace(
	  srtcp, srtcpLen, rtcp, rtcpLen, 0,
	  [session](uint8_t* data, int* len) { return srtp_unprotect_rtcp(session, data, len); });
}
