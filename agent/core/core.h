/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agent/core: the words every part shares (facts, findings, verdict, policy, history) as plain data, with the
 * helpers that compare names, addresses and subjects. Knows GLib only: no files, no bus, no parser. */
#pragma once

#include "agent/core/advisory.h"
#include "agent/core/details.h"
#include "agent/core/error.h"
#include "agent/core/facts.h"
#include "agent/core/history.h"
#include "agent/core/level.h"
#include "agent/core/limits.h"
#include "agent/core/mailbox.h"
#include "agent/core/password.h"
#include "agent/core/policy.h"
#include "agent/core/subject.h"
#include "agent/core/summary.h"
#include "agent/core/text.h"
#include "agent/core/verdict.h"
#include "agent/core/wording.h"
