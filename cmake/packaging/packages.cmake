# Debian packages: the programs, and one package for each mail client, so that nobody gets a client they do not use.
# "./dev package" builds them; what is said here is what a person reads who looks for the package.
set(packaging ${CMAKE_CURRENT_LIST_DIR})
set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME sekisho)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Sekisho authors <sekisho@sekisho.example>")
set(CPACK_PACKAGE_VENDOR "The Sekisho authors")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://github.com/sekisho/sekisho")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_COMPONENTS_ALL sekisho)
set(CPACK_DEBIAN_SEKISHO_PACKAGE_NAME sekisho)
# mecab-ipadic-utf8 holds the readings of Japanese names; without it they are only compared as written.
set(CPACK_DEBIAN_SEKISHO_PACKAGE_DEPENDS "default-dbus-session-bus | dbus-session-bus")
set(CPACK_DEBIAN_SEKISHO_PACKAGE_RECOMMENDS "sekisho-claws-mail | sekisho-evolution, mecab-ipadic-utf8, ca-certificates, gnome-keyring")
set(CPACK_DEBIAN_SEKISHO_PACKAGE_SUGGESTS "minisign, apparmor")
set(CPACK_COMPONENT_SEKISHO_DESCRIPTION "checkpoint between a person at work and a bad mail
Sekisho checks each mail when it is opened: is it what it says it is? It
explains the answer in plain words and lets the person report the mail to
the administrator with one click.
.
This package holds the agent of the session, the sealed scanner that reads
the mails, the command sekisho and its window. The mail clients need
sekisho-claws-mail or sekisho-evolution on top.")
set(CPACK_DEBIAN_SEKISHO_PACKAGE_CONTROL_EXTRA "${packaging}/postinst;${packaging}/postrm;${packaging}/conffiles")

# RPM packages of the same parts, for who has that kind of system: "cpack -G RPM" in the folder of the preset package, on the
# system that they are for, as libraries go by other names elsewhere.
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_RELEASE 1)
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
set(CPACK_RPM_PACKAGE_LICENSE GPL-3.0-or-later)
set(CPACK_RPM_PACKAGE_GROUP "Applications/Internet")
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none")
# Folders of the system are not ours to own: all that a file of ours lies in, but those that bear our name.
file(GLOB icon_folders LIST_DIRECTORIES TRUE RELATIVE ${PROJECT_SOURCE_DIR}/icons ${PROJECT_SOURCE_DIR}/icons/* ${PROJECT_SOURCE_DIR}/icons/*/*
  ${PROJECT_SOURCE_DIR}/icons/*/*/*)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /etc/apparmor.d /usr/libexec /usr/lib/systemd /usr/lib/systemd/user ${CMAKE_INSTALL_FULL_LIBDIR}
  ${CMAKE_INSTALL_FULL_LIBDIR}/claws-mail ${CMAKE_INSTALL_FULL_LIBDIR}/claws-mail/plugins /usr/lib/evolution /usr/lib/evolution/modules)
foreach(folder applications bash-completion bash-completion/completions dbus-1 dbus-1/interfaces dbus-1/services icons lintian
    lintian/overrides locale man man/man1 man/man5 man/man8 metainfo)
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/${folder})
endforeach()
foreach(folder ${icon_folders})
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/icons/${folder})
endforeach()
foreach(language de es fr it ja)
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/locale/${language} /usr/share/locale/${language}/LC_MESSAGES)
endforeach()
set(CPACK_RPM_SEKISHO_PACKAGE_NAME sekisho)
set(CPACK_RPM_SEKISHO_PACKAGE_SUMMARY "Checkpoint between a person at work and a bad mail")
set(CPACK_RPM_SEKISHO_USER_FILELIST "%config(noreplace) /etc/apparmor.d/sekisho-agent")

# sek_client_package(component client description): the package of one mail client's plugin.
macro(sek_client_package component client description)
  string(TOUPPER ${component} upper)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME sekisho-${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "sekisho (= ${PROJECT_VERSION}-1), ${client}")
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${description}")
  string(REGEX REPLACE "\n.*" "" summary "${description}")
  string(REGEX REPLACE "[()]" "" needed "${client}")
  set(CPACK_RPM_${component}_PACKAGE_NAME sekisho-${component})
  set(CPACK_RPM_${component}_PACKAGE_SUMMARY "${summary}")
  set(CPACK_RPM_${component}_PACKAGE_REQUIRES "sekisho = ${PROJECT_VERSION}-1, ${needed}")
endmacro()
if(TARGET sekisho-claws)
  sek_client_package(claws-mail "claws-mail (>= 4.1)" "mails are checked when Claws Mail opens them
Sekisho checks each mail when it is opened: is it what it says it is? This
plugin holds a mail in Claws Mail until the answer is there, shows the
warning, and passes reports on to the administrator.
.
Each person runs \"sekisho setup\" once, or the administrator does
\"sekisho setup --system --everyone\".")
endif()
if(TARGET module-sekisho)
  sek_client_package(evolution "evolution (>= 3.46)" "mails are checked when Evolution opens them
Sekisho checks each mail when it is opened: is it what it says it is? This
module holds a mail in Evolution until the answer is there, shows the
warning, and passes reports on to the administrator.
.
Evolution loads it for everyone by itself.")
endif()

# Each package has its own copyright and changelog.
set(changelog ${CMAKE_BINARY_DIR}/packaging/changelog.Debian.gz)
add_custom_command(OUTPUT ${changelog}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/packaging
  COMMAND sh -c "\"$1\" -9nc \"$2\" >\"$3\"" sh ${GZIP} ${packaging}/changelog ${changelog}
  DEPENDS ${packaging}/changelog VERBATIM)
add_custom_target(changelog ALL DEPENDS ${changelog})
foreach(component ${CPACK_COMPONENTS_ALL})
  string(TOUPPER ${component} upper)
  set(package ${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
  install(FILES ${packaging}/copyright ${changelog} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
  if(EXISTS ${packaging}/${package}.lintian-overrides)
    install(FILES ${packaging}/${package}.lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
      RENAME ${package} COMPONENT ${component})
  endif()
endforeach()
foreach(page sekisho-agent.8 sekisho-scanner.8 sekisho-window.1 sekisho-password.1)
  sek_install_manual(${packaging}/${page})
endforeach()
# By its full path: a folder of the system, whatever the prefix is.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  install(FILES ${packaging}/apparmor/sekisho-agent DESTINATION /etc/apparmor.d)
endif()
include(CPack)
