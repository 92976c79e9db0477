BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe 'Values that are none' {
    It '<Text> is one clear error' -ForEach @(
        @{ Text = '5 | New-NetNamespace'; Message = "*'Name'*'5'*Int32*" }
        @{ Text = '@{ a = 1 } | New-NetNamespace'; Message = "*'Name'*Hashtable*" }
        @{ Text = 'New-NetIPAddress 192.0.2.5/24, 192.0.2.6/24 -InterfaceAlias v0'; Message = "*'IPAddress'*'192.0.2.5/24, 192.0.2.6/24'*" }
        @{ Text = 'New-NetRoute 10.0.0.0/8 -PreferredSource 192.0.2.1, 192.0.2.2 -InterfaceAlias v0'; Message = "*'PreferredSource'*'192.0.2.1, 192.0.2.2'*" }
        @{ Text = "Get-NetNamespace ''"; Message = 'Name is null or empty*' }
        @{ Text = "New-NetNamespace a/b"; Message = "*'a/b'*" }
        @{ Text = "Get-NetRoute -NetNamespace a/b"; Message = "*'NetNamespace'*'a/b'*" }
    ) {
        $fault = { & ([scriptblock]::Create("$Text -ErrorAction Stop")) } | Should -Throw $Message -PassThru
        "$fault" | Should -Not -Match "\(Parameter '"
    }
}

Describe "Names$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $name = Get-NewName
    }

    AfterAll {
        Remove-IfThere $name
    }

    It 'are still taken as text, and of objects' {
        "$($name | New-NetNamespace)" | Should -BeExactly $name
        "$([pscustomobject]@{ Name = $name } | New-NetNamespace -Force)" | Should -BeExactly $name
        "$(Get-NetNamespace $name | New-NetNamespace -Force)" | Should -BeExactly $name
    }
}

Describe "Detection without a carrier$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link
        $null = Invoke-Ip -n $ns link set v1 down
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'is an error with -WaitForDad, and leaves no address' {
        $failed = {
            New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -WaitForDad -ErrorAction Stop
        } | Should -Throw -ErrorId 'AddressTentative,*' -PassThru
        $failed.CategoryInfo.Category | Should -Be 'OperationTimeout'
        "$failed" | Should -BeLike '*fd00:2::5/64*carrier*'
        Get-RouteText $ns '-o -6 address show dev v0' | Should -BeNullOrEmpty
    }

    It 'is none without it' {
        "$(New-NetIPAddress fd00:2::6/64 -InterfaceAlias v0 -NetNamespace $ns)" | Should -BeExactly 'fd00:2::6'
    }
}

Describe 'Help' {
    It 'shows the examples of <_> behind a prompt' -ForEach (Get-Command -Module EgressNet).Name {
        $examples = (Get-Help $_).examples.example
        @($examples | Where-Object { $_.introduction.Text -ne 'PS> ' }) | Should -HaveCount 0
        (Get-Help $_ -Examples | Out-String) | Should -Match '(?m)^ *PS> ?\S'
    }
}
