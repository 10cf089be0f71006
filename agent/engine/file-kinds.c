/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine/file-kinds.h"

#include <string.h>

#include "agent/core/text.h"

/* One line a kind, words separated by spaces. Sources: PATHEXT and AssocQueryString defaults of Windows 10
 * and 11, the lists of files that Outlook and Gmail refuse, and the desktops of macOS and Linux. */
static const char *const extensions[SEK_N_FILE_KINDS] = {
  [SEK_FILE_PROGRAM] =
      " exe scr com pif cpl dll ocx sys drv msi msp mst msix msixbundle appx appxbundle"
      " application appref-ms jar xll wll gadget chm hlp deb rpm run appimage flatpakref snap"
      " pkg mpkg app apk ",
  [SEK_FILE_SCRIPT] =
      " bat cmd ps1 ps1xml ps2 psc1 psd1 psm1 msh vbs vbe vb js jse mjs wsf wsh wsc ws sct hta"
      " reg inf ins isp msc jnlp sh bash csh ksh zsh py pyc pyw pyz pyzw pl ahk au3 scpt scptd"
      " applescript command workflow ",
  [SEK_FILE_SHORTCUT] = " lnk url desktop library-ms search-ms searchconnector-ms settingcontent-ms website"
                        " webloc inetloc fileloc scf theme themepack rdp ",
  [SEK_FILE_DISK_IMAGE] = " iso img udf vhd vhdx vmdk wim dmg sparseimage nrg mdf ",
  /* Made to carry code or data from elsewhere. Plain .doc and .xls may, too, and are everyday files. */
  [SEK_FILE_MACRO_DOCUMENT] =
      " docm dotm xlsm xltm xlam xla xlsb pptm potm ppam ppsm sldm ppa iqy oqy rqy dqy"
      " slk one onepkg onetoc2 accdb accde accda accdr mdb mde ade adp wiz ",
  [SEK_FILE_DOCUMENT] =
      " pdf doc docx dot dotx rtf xls xlsx xlt xltx csv tsv ppt pptx pps ppsx pot potx odt ods"
      " odp odg ott ots txt md log xps oxps epub pages numbers key jtd jtt jhd xdw xbd vsd"
      " vsdx pub mpp dwg dxf jww sfc p21 hwp hwpx eml msg ics vcf json xml yaml ",
  [SEK_FILE_MEDIA] = " jpg jpeg jpe jfif png gif bmp tif tiff webp heic heif avif ico psd ai eps mp3 m4a aac"
                     " wav wma ogg flac mp4 m4v mov avi wmv mkv webm mpg mpeg ttf otf ",
  [SEK_FILE_PAGE] = " html htm xhtml xht shtml svg svgz mht mhtml ",
  [SEK_FILE_ARCHIVE] =
      " zip zipx 7z rar tar gz tgz taz bz2 tbz tbz2 xz txz lzma tlz zst tzst br z lzh lha cab"
      " arj ace alz egg cpio xar ",
};

char *
sek_name_extension (const char *name)
{
  g_autofree char *folded = sek_text_fold (name);
  for (gsize length = strlen (folded); length > 0 && strchr (" .", folded[length - 1]) != NULL;)
    folded[--length] = '\0';
  const char *dot = strrchr (folded, '.');
  return g_strdup (dot != NULL && strpbrk (dot, "/\\") == NULL ? dot + 1 : "");
}

static gboolean
has_word (const char *words, const char *word)
{
  gsize length = strlen (word);
  for (const char *p = words; (p = strstr (p, word)) != NULL; p += length)
    if (p[-1] == ' ' && p[length] == ' ')
      return TRUE;
  return FALSE;
}

/* What the policy says of an extension: '+', '-' or '\0'. Without a sign it is added. */
static char
said_of (const SekPolicy *policy, SekFileKind kind, const char *extension)
{
  char sign = '\0';
  for (char **item = policy->files[kind]; item != NULL && *item != NULL; item++)
    {
      const char *word = *item + (strchr ("+-", **item) != NULL ? 1 : 0);
      if (g_str_equal (word, extension))
        sign = **item == '-' ? '-' : '+';
    }
  return sign;
}

SekFileKind
sek_file_kind (const SekPolicy *policy, const char *name)
{
  g_autofree char *extension = sek_name_extension (name);
  SekFileKind found = SEK_FILE_UNKNOWN;
  if (*extension == '\0' || strchr (extension, ' ') != NULL)
    return SEK_FILE_UNKNOWN;
  for (SekFileKind kind = SEK_FILE_UNKNOWN + 1; kind < SEK_N_FILE_KINDS; kind++)
    {
      char said = policy != NULL ? said_of (policy, kind, extension) : '\0';
      if (said == '+')
        return kind;
      if (said == '\0' && found == SEK_FILE_UNKNOWN && has_word (extensions[kind], extension))
        found = kind;
    }
  return found;
}

gboolean
sek_file_kind_is_active (SekFileKind kind)
{
  return kind == SEK_FILE_PROGRAM || kind == SEK_FILE_SCRIPT || kind == SEK_FILE_SHORTCUT ||
         kind == SEK_FILE_DISK_IMAGE;
}
