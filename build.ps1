#Requires -Version 7.6

<#
.SYNOPSIS
Builds, tests, packs or installs the EgressNet module.

.DESCRIPTION
A thin cover over dotnet: the build itself lays the module out in artifacts/module/EgressNet.

.PARAMETER Task
Build: compiles and stages. Test: dotnet test, then the Pester files where Pester is installed.
Pack: a zip of the module in artifacts. Install: copies the module to the user's module path.

.PARAMETER Configuration
The configuration to compile.

.PARAMETER ModulePath
Where Install puts EgressNet/<version>; the user's module path when not given.

.EXAMPLE
./build.ps1 -Task Install
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Install')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [string] $ModulePath = [System.IO.Path]::Combine(
        [System.Environment]::GetFolderPath('LocalApplicationData'), 'powershell', 'Modules')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$artifacts = [System.IO.Path]::Combine($PSScriptRoot, 'artifacts')
$stage = [System.IO.Path]::Combine($artifacts, 'module', 'EgressNet')

function Invoke-DotNet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args failed with exit code $LASTEXITCODE."
    }
}

function Build-Module {
    Invoke-DotNet build ([System.IO.Path]::Combine($PSScriptRoot, 'src', 'EgressNet.Cmdlets')) -c $Configuration
}

function Get-StagedVersion {
    (Test-ModuleManifest -Path ([System.IO.Path]::Combine($stage, 'EgressNet.psd1'))).Version
}

function Test-Module {
    Invoke-DotNet test ([System.IO.Path]::Combine($PSScriptRoot, 'EgressNet.sln')) -c $Configuration

    $pester = Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version.Major -ge 5 }
    if (-not $pester) {
        'Pester 5 or 6 is not installed: the Pester files ran in the runner of the tests only.'
        return
    }

    $specs = [System.IO.Path]::Combine($PSScriptRoot, 'tests', 'Pester')
    & pwsh -NoProfile -Command @"
        Import-Module -Name '$stage'
        `$result = Invoke-Pester -Path '$specs' -Output Detailed -PassThru
        exit [int] (`$result.Result -ne 'Passed')
"@
    if ($LASTEXITCODE -ne 0) {
        throw 'The Pester tests failed.'
    }
}

function Compress-Module {
    $zip = [System.IO.Path]::Combine($artifacts, "EgressNet.$(Get-StagedVersion).zip")
    [System.IO.File]::Delete($zip)
    [System.IO.Compression.ZipFile]::CreateFromDirectory(
        $stage, $zip, [System.IO.Compression.CompressionLevel]::SmallestSize, $true)
    $zip
}

function Copy-Module {
    $target = [System.IO.Path]::Combine($ModulePath, 'EgressNet', "$(Get-StagedVersion)")
    if ([System.IO.Directory]::Exists($target)) {
        [System.IO.Directory]::Delete($target, $true)
    }
    foreach ($file in [System.IO.Directory]::GetFiles($stage, '*', 'AllDirectories')) {
        $copy = [System.IO.Path]::Combine($target, [System.IO.Path]::GetRelativePath($stage, $file))
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($copy))
        [System.IO.File]::Copy($file, $copy)
    }
    $target
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Test-Module }
    'Pack' { Build-Module; Compress-Module }
    'Install' { Build-Module; Copy-Module }
}
