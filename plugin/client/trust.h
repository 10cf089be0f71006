/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Trust this sender", and taking it back. Whether it may be offered says the verdict. */
#pragma once

#include "plugin/client/mails.h"

G_BEGIN_DECLS

/* error: why nothing has changed; NULL when mail->trusted has. */
typedef void (*SekClientTrustFunc) (SekMail *mail, const GError *error, gpointer user_data);

/* Tells the agent that the sender of mail, which has a verdict, is trusted from now on, or, with trust FALSE,
 * not any more. func is called in the main loop, not once the client is freed; user_data goes in any case. */
void sek_client_trust (SekClient *client,
                       SekMail *mail,
                       gboolean trust,
                       SekClientTrustFunc func,
                       gpointer user_data,
                       GDestroyNotify free_func);

G_END_DECLS
