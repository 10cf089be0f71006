/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/agent-link.h"

#define AGENT "io.github.sekisho.Agent1"
#define AGENT_PATH "/io/github/sekisho/Agent1"
/* Starting the agent and opening a large history takes a moment on a slow machine. */
#define ANSWER_MILLISECONDS 30000

struct _SekAgentLink
{
  GObject parent_instance;
  SekAgentState state;
  GDBusProxy *proxy; /* NULL until the bus has answered */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SekAgentLink, sek_agent_link, G_TYPE_OBJECT)

enum
{
  PROPERTIES,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sek_agent_link_dispose (GObject *object)
{
  SekAgentLink *link = SEK_AGENT_LINK (object);
  g_cancellable_cancel (link->cancellable);
  if (link->proxy != NULL)
    g_signal_handlers_disconnect_by_data (link->proxy, link);
  g_clear_object (&link->proxy);
  g_clear_object (&link->cancellable);
  G_OBJECT_CLASS (sek_agent_link_parent_class)->dispose (object);
}

static void
sek_agent_link_class_init (SekAgentLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sek_agent_link_dispose;
  signals[PROPERTIES] = g_signal_new ("properties", SEK_TYPE_AGENT_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", SEK_TYPE_AGENT_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
set_state (SekAgentLink *link, SekAgentState state)
{
  link->state = state;
  g_signal_emit (link, signals[PROPERTIES], 0);
}

static void
on_properties (GDBusProxy *proxy, GVariant *changed, GStrv invalidated, SekAgentLink *link)
{
  g_signal_emit (link, signals[PROPERTIES], 0);
}

/* Signals of the agent: which list each of them changes. */
static void
on_signal (GDBusProxy *proxy, const char *sender, const char *name, GVariant *parameters, SekAgentLink *link)
{
  static const struct
  {
    const char *signal;
    const char *what;
  } meanings[] = { { "ReportAnswered", "reports" }, { "Advised", "advisories" } };
  const char *what = NULL;
  if (g_str_equal (name, "Changed") && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s)")))
    g_variant_get (parameters, "(&s)", &what);
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (name, meanings[i].signal))
      what = meanings[i].what;
  if (what != NULL)
    g_signal_emit (link, signals[CHANGED], 0, what);
}

static void
on_owner (GObject *object, GParamSpec *pspec, SekAgentLink *link)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (link->proxy);
  set_state (link, owner != NULL ? SEK_AGENT_THERE : SEK_AGENT_AWAY);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SekAgentLink) link = user_data;
  g_autoptr (GError) error = NULL;
  GDBusProxy *proxy = g_dbus_proxy_new_for_bus_finish (result, &error);
  if (link->cancellable == NULL)
    {
      g_clear_object (&proxy);
      return;
    }
  if (proxy == NULL)
    {
      g_message ("The agent could not be reached: %s", error->message);
      set_state (link, SEK_AGENT_AWAY);
      return;
    }
  link->proxy = proxy;
  g_dbus_proxy_set_default_timeout (proxy, ANSWER_MILLISECONDS);
  g_signal_connect (proxy, "g-properties-changed", G_CALLBACK (on_properties), link);
  g_signal_connect (proxy, "g-signal", G_CALLBACK (on_signal), link);
  g_signal_connect (proxy, "notify::g-name-owner", G_CALLBACK (on_owner), link);
  on_owner (NULL, NULL, link);
}

static void
connect_to_agent (SekAgentLink *link)
{
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_GET_INVALIDATED_PROPERTIES, NULL, AGENT,
                            AGENT_PATH, AGENT, link->cancellable, on_proxy, g_object_ref (link));
}

static void
sek_agent_link_init (SekAgentLink *link)
{
  link->cancellable = g_cancellable_new ();
  connect_to_agent (link);
}

SekAgentLink *
sek_agent_link_new (void)
{
  return g_object_new (SEK_TYPE_AGENT_LINK, NULL);
}

SekAgentState
sek_agent_link_state (SekAgentLink *link)
{
  return link->state;
}

static void
on_pinged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SekAgentLink) link = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply == NULL && link->cancellable != NULL)
    set_state (link, SEK_AGENT_AWAY);
}

void
sek_agent_link_retry (SekAgentLink *link)
{
  if (link->state != SEK_AGENT_AWAY)
    return;
  set_state (link, SEK_AGENT_CONNECTING);
  if (link->proxy == NULL)
    connect_to_agent (link);
  else
    /* The call starts it; that it is there is told by its name on the bus. */
    g_dbus_proxy_call (link->proxy, "org.freedesktop.DBus.Peer.Ping", NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                       link->cancellable, on_pinged, g_object_ref (link));
}

GVariant *
sek_agent_link_get (SekAgentLink *link, const char *property, const GVariantType *type)
{
  if (link->proxy == NULL || link->state != SEK_AGENT_THERE)
    return NULL;
  g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (link->proxy, property);
  return value != NULL && g_variant_is_of_type (value, type) ? g_steal_pointer (&value) : NULL;
}

char *
sek_agent_link_get_string (SekAgentLink *link, const char *property, const char *key)
{
  g_autoptr (GVariant) value =
      sek_agent_link_get (link, property, key == NULL ? G_VARIANT_TYPE_STRING : G_VARIANT_TYPE_VARDICT);
  const char *text = "";
  if (value != NULL && key == NULL)
    text = g_variant_get_string (value, NULL);
  else if (value != NULL)
    g_variant_lookup (value, key, "&s", &text);
  return g_strdup (text);
}

gint64
sek_agent_link_get_number (SekAgentLink *link, const char *property, const char *key)
{
  g_autoptr (GVariant) value = sek_agent_link_get (link, property, G_VARIANT_TYPE_VARDICT);
  gint64 number = 0;
  if (value != NULL)
    g_variant_lookup (value, key, "x", &number);
  return number;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply != NULL)
    {
      g_task_return_pointer (task, reply, (GDestroyNotify) g_variant_unref);
      return;
    }
  g_dbus_error_strip_remote_error (error);
  g_task_return_error (task, error);
}

void
sek_agent_link_call (SekAgentLink *link,
                     const char *method,
                     GVariant *parameters,
                     GCancellable *cancellable,
                     GAsyncReadyCallback done,
                     gpointer user_data)
{
  GTask *task = g_task_new (link, cancellable, done, user_data);
  g_autoptr (GVariant) owned = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  if (link->proxy != NULL)
    {
      g_dbus_proxy_call (link->proxy, method, owned, G_DBUS_CALL_FLAGS_NONE, -1, cancellable, on_called,
                         task);
      return;
    }
  g_task_return_new_error (task, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN, "There is no agent yet");
  g_object_unref (task);
}

GVariant *
sek_agent_link_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
