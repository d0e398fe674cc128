# SPDX-License-Identifier: MIT
#
# Run by CPack before it builds Debian packages: adds to each the copyright and the changelog
# that Debian's policy asks for (12.5, 12.7), and packs the manual page (12.1). Whatever the
# umask, everybody may read (10.9).

if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

find_program(gzip gzip REQUIRED)
set(made "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)

foreach(package IN LISTS CPACK_COMPONENTS_ALL)
  set(folder "${made}/${package}/usr/share/doc/${package}")
  configure_file("${CPACK_RESOURCE_FILE_LICENSE}" "${folder}/copyright" COPYONLY)
  file(WRITE "${folder}/changelog"
    "wss (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
    "  * See CHANGELOG.md in the source.\n\n"
    " -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
  file(GLOB manuals "${made}/${package}/usr/share/man/man*/*.[1-9]")
  execute_process(COMMAND "${gzip}" -9nf "${folder}/changelog" ${manuals} COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND chmod -R u=rwX,go=rX "${made}/${package}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
